/** How the station sets its simulated cluster. */
@NullMarked
package io.agentstation.standalone.cluster;

import org.jspecify.annotations.NullMarked;
