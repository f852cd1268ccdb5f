/** Tests of this package. */
@NullMarked
package io.agentstation.gateway.audit;

import org.jspecify.annotations.NullMarked;
