/** Tests of this package. */
@NullMarked
package io.agentstation.gateway.exports;

import org.jspecify.annotations.NullMarked;
