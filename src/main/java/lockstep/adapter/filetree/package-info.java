/**
 * Folders of a real file system: the source of a backup, the target of a restore, and the device's
 * notes.
 *
 * <p>Trust zone: client; the content that passes through here is the user's, in clear. No key
 * material does. Names are moved as bytes, whatever the locale. Clauses: MAN-6 to MAN-9, BAK-7,
 * BAK-8, BAK-13, RST-2 to RST-5, RST-9, CLI-8.
 *
 * <p>Public types: {@link lockstep.adapter.filetree.DirectorySource}, {@link
 * lockstep.adapter.filetree.DirectoryTarget}, {@link lockstep.adapter.filetree.DirectoryNotes}.
 *
 * <p>Not part of the published API.
 */
@NullMarked
package lockstep.adapter.filetree;

import org.jspecify.annotations.NullMarked;
