/** The way in: which pod answers for a host. */
@NullMarked
package io.agentstation.cluster.ingress;

import org.jspecify.annotations.NullMarked;
