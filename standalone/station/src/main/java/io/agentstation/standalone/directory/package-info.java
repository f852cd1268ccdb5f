/** The data directory: its lock, its secrets, the files it publishes. */
@NullMarked
package io.agentstation.standalone.directory;

import org.jspecify.annotations.NullMarked;
