/** The end of a station that runs elsewhere. */
@NullMarked
package io.agentstation.standalone.stop;

import org.jspecify.annotations.NullMarked;
