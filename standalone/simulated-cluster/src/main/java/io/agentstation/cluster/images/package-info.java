/** What the images of the simulated cluster do: the agent, and failures that are asked for by an image's name. */
@NullMarked
package io.agentstation.cluster.images;

import org.jspecify.annotations.NullMarked;
