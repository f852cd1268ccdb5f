/** Tests of this package. */
@NullMarked
package io.agentstation.gateway.keys;

import org.jspecify.annotations.NullMarked;
