/** What the person asked for, as properties of the services. */
@NullMarked
package io.agentstation.standalone.settings;

import org.jspecify.annotations.NullMarked;
