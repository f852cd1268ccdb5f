/** The controllers that turn Deployments into ReplicaSets and those into pods. */
@NullMarked
package io.agentstation.cluster.workloads;

import org.jspecify.annotations.NullMarked;
