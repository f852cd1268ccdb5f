/** The way back to nothing. */
@NullMarked
package io.agentstation.standalone.reset;

import org.jspecify.annotations.NullMarked;
