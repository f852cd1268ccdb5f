/** What keeps a running station going: its children are started again, its disk is watched. */
@NullMarked
package io.agentstation.standalone.supervision;

import org.jspecify.annotations.NullMarked;
