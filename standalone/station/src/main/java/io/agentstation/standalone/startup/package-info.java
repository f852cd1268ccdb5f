/** Parts of the station started and stopped in order, with progress in words. */
@NullMarked
package io.agentstation.standalone.startup;

import org.jspecify.annotations.NullMarked;
