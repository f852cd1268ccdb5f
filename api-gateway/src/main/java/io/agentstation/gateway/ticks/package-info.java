/** The proof that this gateway's ingest path works: probes, and ticks into every partition of the heartbeats. */
@NullMarked
package io.agentstation.gateway.ticks;

import org.jspecify.annotations.NullMarked;
