/** Tests of this package. */
@NullMarked
package io.agentstation.gateway.operations;

import org.jspecify.annotations.NullMarked;
