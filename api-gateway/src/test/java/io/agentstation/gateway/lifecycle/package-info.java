/** Tests of this package. */
@NullMarked
package io.agentstation.gateway.lifecycle;

import org.jspecify.annotations.NullMarked;
