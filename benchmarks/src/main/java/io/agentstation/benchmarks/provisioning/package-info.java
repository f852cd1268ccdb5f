/** What the provisioner adds to the calls to the API server that it makes. */
@NullMarked
package io.agentstation.benchmarks.provisioning;

import org.jspecify.annotations.NullMarked;
