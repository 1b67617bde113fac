using ImageLibrary.Core;

namespace ImageLibrary.Storage.Mongo;

/// <summary>A stored document that does not fit: the message names the field and what is wrong with it.</summary>
internal sealed class UnfitDocumentException(string message) : StoreException(message);
