/** What a tick proves: that its gateway's path into the log works, and when it did not. */
@NullMarked
package io.agentstation.contracts.ticks;

import org.jspecify.annotations.NullMarked;
