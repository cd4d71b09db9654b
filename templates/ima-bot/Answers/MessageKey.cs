namespace ImaChatBot.Answers;

/// <summary>
/// The idempotency key of a message. It contains what an answer needs after a restart, so the bot has no database: the journal of the
/// client keeps the key with the task.
/// </summary>
/// <param name="Language">The language of the answer.</param>
/// <param name="ConversationId">Where the answer goes.</param>
/// <param name="MessageId">The platform's id of the message.</param>
internal sealed record MessageKey(ImaLanguage Language, string ConversationId, string MessageId)
{
    private const string Prefix = "chat";
    private const char Separator = '/';

    /// <returns>Null if the text is not the key of a message.</returns>
    public static MessageKey? TryParse(string text) => text.Split(Separator) switch
    {
        [Prefix, var language, var conversation, var message] =>
            new MessageKey(new ImaLanguage(language), Uri.UnescapeDataString(conversation), Uri.UnescapeDataString(message)),
        _ => null,
    };

    public override string ToString() => string.Join(
        Separator, Prefix, Language.Code, Uri.EscapeDataString(ConversationId), Uri.EscapeDataString(MessageId));
}
