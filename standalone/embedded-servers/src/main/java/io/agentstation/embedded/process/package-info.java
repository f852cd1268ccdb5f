/** Child JVMs: started, watched and stopped by their parent, and never outliving it. */
@NullMarked
package io.agentstation.embedded.process;

import org.jspecify.annotations.NullMarked;
