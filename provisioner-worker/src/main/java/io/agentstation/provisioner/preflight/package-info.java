/** Says before anything is started what a cluster lacks for the Station's agents, one sentence for each lack. */
@NullMarked
package io.agentstation.provisioner.preflight;

import org.jspecify.annotations.NullMarked;
