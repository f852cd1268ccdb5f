/** The Kubernetes API over HTTP, by the server of fabric8's mock. */
@NullMarked
package io.agentstation.cluster.api;

import org.jspecify.annotations.NullMarked;
