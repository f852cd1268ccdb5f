/** Tests of this package. */
@NullMarked
package io.agentstation.gateway;

import org.jspecify.annotations.NullMarked;
