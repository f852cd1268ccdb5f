/** The export of everything about one agent, as one document that is never held as a whole. */
@NullMarked
package io.agentstation.gateway.exports;

import org.jspecify.annotations.NullMarked;
