/** Why the station does not run, in words. */
@NullMarked
package io.agentstation.standalone.failures;

import org.jspecify.annotations.NullMarked;
