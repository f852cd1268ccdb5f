/** Events, as Kubernetes' components write them about objects. */
@NullMarked
package io.agentstation.cluster.events;

import org.jspecify.annotations.NullMarked;
