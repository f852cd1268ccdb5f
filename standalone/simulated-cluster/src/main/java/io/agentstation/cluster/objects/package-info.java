/** The objects of the cluster: kinds, store, files, deletion and garbage collection. */
@NullMarked
package io.agentstation.cluster.objects;

import org.jspecify.annotations.NullMarked;
