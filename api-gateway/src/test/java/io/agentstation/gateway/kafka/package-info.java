/** Tests of this package. */
@NullMarked
package io.agentstation.gateway.kafka;

import org.jspecify.annotations.NullMarked;
