/** What this gateway knows of the clusters that agents run on. */
@NullMarked
package io.agentstation.gateway.clusters;

import org.jspecify.annotations.NullMarked;
