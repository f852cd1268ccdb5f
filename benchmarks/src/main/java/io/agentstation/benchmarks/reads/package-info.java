/** What reading an agent's history costs: memory while exporting, the time of its newest reports, the size of its days. */
@NullMarked
package io.agentstation.benchmarks.reads;

import org.jspecify.annotations.NullMarked;
