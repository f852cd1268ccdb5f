/** What the cluster says of an agent, in the words of the API, whenever it changes. */
@NullMarked
package io.agentstation.provisioner.status;

import org.jspecify.annotations.NullMarked;
