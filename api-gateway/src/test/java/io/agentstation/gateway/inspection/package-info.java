/** Tests of this package. */
@NullMarked
package io.agentstation.gateway.inspection;

import org.jspecify.annotations.NullMarked;
