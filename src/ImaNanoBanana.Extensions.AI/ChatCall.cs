using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace ImaNanoBanana;

/// <summary>Provides facts about the function call of a chat model that the current code runs in.</summary>
[Experimental("MEAI001")]
internal static class ChatCall
{
    /// <summary>
    /// The id that the model gave to the call, or null outside of a call. A call that is invoked again has the same id, so that it
    /// serves as idempotency key.
    /// </summary>
    public static string? Id =>
        FunctionInvokingChatClient.CurrentContext?.CallContent.CallId is { } id && !string.IsNullOrWhiteSpace(id) ? id : null;

    /// <summary>
    /// Whether <c>UseImageGeneration</c> made the call. It delivers <see cref="DataContent"/> to the app and drops every other content.
    /// </summary>
    public static bool IsFromImageGeneratingChat
    {
        get
        {
            var declaring = FunctionInvokingChatClient.CurrentContext?.Function.UnderlyingMethod?.DeclaringType;
            return declaring == typeof(ImageGeneratingChatClient) || declaring?.DeclaringType == typeof(ImageGeneratingChatClient);
        }
    }

    /// <summary>The images of the last message of the user that has any.</summary>
    public static IReadOnlyList<AIContent> AttachedImages =>
        FunctionInvokingChatClient.CurrentContext?.Messages
            .Where(message => message.Role == ChatRole.User)
            .Select(message => message.Contents.Where(IsImage).ToList())
            .LastOrDefault(images => images.Count > 0) ?? [];

    private static bool IsImage(AIContent content) => content switch
    {
        DataContent data => data.HasTopLevelMediaType("image"),
        UriContent address => address.HasTopLevelMediaType("image"),
        _ => false,
    };
}
