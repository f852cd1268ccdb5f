/** Passes requests for the agents' hosts from the API's port to the simulated cluster's ingress. */
@NullMarked
package io.agentstation.standalone.ingress;

import org.jspecify.annotations.NullMarked;
