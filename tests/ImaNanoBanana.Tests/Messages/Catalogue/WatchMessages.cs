using System.Text;
using ImaNanoBanana.OpenApi;
using ImaNanoBanana.Tests.Planning;
using ImaNanoBanana.Watching;

namespace ImaNanoBanana.Tests.Messages.Catalogue;

/// <summary>The messages of a watch that ends without a result.</summary>
internal static class WatchMessages
{
    private const string FailedImage = """{"medias":[{"resource_status":2,"error_msg":"Content blocked."}]}""";

    private static readonly ImageTask Known = new("task_1") { Model = ImageModel.NanoBanana2, IdempotencyKey = "key-1" };

    public static IEnumerable<CatalogueMessage> All() =>
    [
        Message("task failed", WatchErrors.Failed(Known, TaskState.Read(Plans.Element(FailedImage)))),
        Message(
            "task failed: no reason given",
            WatchErrors.Failed(Known, TaskState.Read(Plans.Element("""{"medias":[{"resource_status":2}]}""")))),
        Message(
            "task failed: image deleted",
            WatchErrors.Failed(Known, TaskState.Read(Plans.Element("""{"medias":[{"resource_status":3}]}""")))),
        Message("timed out", WatchErrors.TimedOut(Known, TimeSpan.FromMinutes(10), TaskState.Nothing)),
        Message("cancelled", WatchErrors.Cancelled(Known, null, CancellationToken.None)),
        Message("client disposed", WatchErrors.Disposed(Known, [])),
        Message("client disposed: inner exception", WatchErrors.Disposed(Known, []).InnerException),
        Refused("status unreadable: rejected by the service", Known, 400, """{"code":400,"message":"Bad task"}"""),
        Refused("status unreadable: not authorised", Known, 401, """{"code":401,"message":"unauthorized"}"""),
        Refused("status unreadable: task known to the SDK, but not to the service", Known, 404, ""),
        Refused("task not found", new ImageTask("task_1"), 404, ""),
    ];

    private static CatalogueMessage Refused(string name, ImageTask task, int status, string body) => Message(
        name, WatchErrors.Refused(task, PollOutcome.FromAnswer(ApiAnswer.Read(status, Encoding.UTF8.GetBytes(body)), age: null), []));

    private static CatalogueMessage Message(string name, Exception? exception) =>
        CatalogueMessage.FromException("Watching", name, exception);
}
