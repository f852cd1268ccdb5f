/** What a running station says of itself at the console. */
@NullMarked
package io.agentstation.standalone.status;

import org.jspecify.annotations.NullMarked;
