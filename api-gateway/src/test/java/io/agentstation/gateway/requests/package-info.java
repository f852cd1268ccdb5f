/** Tests of this package. */
@NullMarked
package io.agentstation.gateway.requests;

import org.jspecify.annotations.NullMarked;
