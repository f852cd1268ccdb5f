/** The logs of a station's parts at the console. */
@NullMarked
package io.agentstation.standalone.logs;

import org.jspecify.annotations.NullMarked;
