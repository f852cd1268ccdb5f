/** Tests of this package. */
@NullMarked
package io.agentstation.gateway.quota;

import org.jspecify.annotations.NullMarked;
