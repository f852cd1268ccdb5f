/** The JSON on the wire: strict to read, stable to write. */
@NullMarked
package io.agentstation.contracts.wire;

import org.jspecify.annotations.NullMarked;
