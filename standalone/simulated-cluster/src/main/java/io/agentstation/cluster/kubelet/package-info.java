/** The simulated node: runs pods, their programs and their logs. */
@NullMarked
package io.agentstation.cluster.kubelet;

import org.jspecify.annotations.NullMarked;
