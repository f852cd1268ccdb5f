/** Tests of this package. */
@NullMarked
package io.agentstation.gateway.errors;

import org.jspecify.annotations.NullMarked;
