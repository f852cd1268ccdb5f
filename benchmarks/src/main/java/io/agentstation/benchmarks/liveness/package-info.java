/** What the liveness detector costs: a heartbeat, a restart, an agent in memory, a byte in its changelogs. */
@NullMarked
package io.agentstation.benchmarks.liveness;

import org.jspecify.annotations.NullMarked;
