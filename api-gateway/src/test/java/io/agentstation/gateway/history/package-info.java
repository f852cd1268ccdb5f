/** Tests of this package. */
@NullMarked
package io.agentstation.gateway.history;

import org.jspecify.annotations.NullMarked;
