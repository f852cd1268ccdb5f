/** What is on the cluster and should not be: found, reported, and deleted only when it is certain. */
@NullMarked
package io.agentstation.provisioner.sweep;

import org.jspecify.annotations.NullMarked;
