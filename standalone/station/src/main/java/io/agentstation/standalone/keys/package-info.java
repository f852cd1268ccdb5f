/** API keys made at the console. */
@NullMarked
package io.agentstation.standalone.keys;

import org.jspecify.annotations.NullMarked;
