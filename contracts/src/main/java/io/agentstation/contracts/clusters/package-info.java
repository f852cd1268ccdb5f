/** What provisioners say of the cluster that they work on. */
@NullMarked
package io.agentstation.contracts.clusters;

import org.jspecify.annotations.NullMarked;
