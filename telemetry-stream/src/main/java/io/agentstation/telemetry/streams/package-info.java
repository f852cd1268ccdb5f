/** What the two topologies share: how state is written and kept, and how records are read. */
@NullMarked
package io.agentstation.telemetry.streams;

import org.jspecify.annotations.NullMarked;
