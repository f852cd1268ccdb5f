/** Tests of this package. */
@NullMarked
package io.agentstation.gateway.availability;

import org.jspecify.annotations.NullMarked;
