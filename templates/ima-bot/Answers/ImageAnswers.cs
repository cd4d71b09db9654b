using ImaChatBot.Chat;
using Microsoft.Extensions.Logging;

namespace ImaChatBot.Answers;

/// <summary>Answers messages with images.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed partial class ImageAnswers(IImaImageClient client, IChat chat, ILogger<ImageAnswers> logger)
{
    /// <summary>Generates what a message describes, and tells its user each step. The same message is charged once.</summary>
    public async Task AnswerAsync(ChatMessage message, CancellationToken cancellationToken)
    {
        var language = MessageReader.LanguageOf(message.Text);
        var key = new MessageKey(language, message.ConversationId, message.Id);
        var request = MessageReader.Read(message.Text) with { IdempotencyKey = key.ToString() };
        await foreach (var answer in client.StreamMessagesAsync(request, language, cancellationToken: cancellationToken))
        {
            await chat.SendAsync(message.ConversationId, answer.Text, [.. answer.Images.Select(image => image.Url)], cancellationToken);
            if (answer.Error is { } error)
            {
                Failed(key.ToString(), error.Kind, error.ChargeStatus, error);
            }
        }
    }

    /// <summary>Delivers the images that an earlier process was charged for and did not deliver. It submits nothing.</summary>
    public async Task ResumeAsync(CancellationToken cancellationToken)
    {
        await foreach (var left in client.ResumeAsync(cancellationToken: cancellationToken))
        {
            if (left.Error is { } error)
            {
                Failed(left.IdempotencyKey, error.Kind, error.ChargeStatus, error);
            }

            // An unknown outcome stays in the journal until the operator has resolved it. The user must not hear of it at each start.
            // Another program may use the same journal with keys of its own.
            if (left.Error?.Kind != ImaErrorKind.OutcomeUnknown && MessageKey.TryParse(left.IdempotencyKey) is { } key)
            {
                var images = left.Result?.Images ?? left.Error?.ReadyImages ?? [];
                var text = ResumedText.Of(left, key.Language);
                await chat.SendAsync(key.ConversationId, text, [.. images.Select(image => image.Url)], cancellationToken);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "{Key} failed: {Kind}. Charge: {Charge}.")]
    private partial void Failed(string key, ImaErrorKind kind, ImaChargeStatus charge, Exception exception);
}
