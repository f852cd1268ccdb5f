/** Certificates, as cert-manager asks for and issues them. */
@NullMarked
package io.agentstation.cluster.certificates;

import org.jspecify.annotations.NullMarked;
