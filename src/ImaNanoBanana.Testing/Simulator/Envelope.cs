using System.Buffers;
using System.Text;
using System.Text.Json;

namespace ImaNanoBanana.Testing;

/// <summary>Creates the JSON responses of the service.</summary>
internal static class Envelope
{
    public static string Failure(int code, string message) => Write(code, message, static json => json.WriteNull("data"));

    public static string Created(string taskId) => Success(json =>
    {
        json.WriteStartObject("data");
        json.WriteString("id", taskId);
        json.WriteEndObject();
    });

    public static string Token(string put, string fetch) => Success(json =>
    {
        json.WriteStartObject("data");
        json.WriteString("ful", put);
        json.WriteString("fdl", fetch);
        json.WriteEndObject();
    });

    public static string Detail(SimulatedTask task, DateTimeOffset now, string imageHost) => Success(json =>
    {
        var (width, height) = PictureSize.FromSubmission(task.Submission);
        json.WriteStartObject("data");
        json.WriteString("id", task.Id);
        json.WriteString("task_type", task.Submission.TaskType);
        json.WriteStartArray("medias");
        for (var number = 1; number <= task.Submission.Count; number++)
        {
            var state = task.StateOf(number, now);
            var isReady = state == SimulatedMediaState.Ready;
            json.WriteStartObject();
            json.WriteString("id", $"media_{number}");
            json.WriteNumber(
                "resource_status", state switch { SimulatedMediaState.Processing => 0, SimulatedMediaState.Failed => 2, _ => 1 });
            json.WriteString(
                "status",
                state switch { SimulatedMediaState.Processing => "processing", SimulatedMediaState.Failed => "failed", _ => "success" });
            if (state == SimulatedMediaState.Failed)
            {
                json.WriteString("error_msg", task.Course.Reason);
            }

            json.WriteString("url", isReady ? $"https://{imageHost}/simulator/{task.Id}/{number}.png" : "");
            json.WriteNumber("width", isReady ? width : 0);
            json.WriteNumber("height", isReady ? height : 0);
            json.WriteString("format", isReady ? "png" : "");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    public static string Success(Action<Utf8JsonWriter> writeData) => Write(200, "success", writeData);

    private static string Write(int code, string message, Action<Utf8JsonWriter> writeData)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteNumber("code", code);
            json.WriteString("message", message);
            writeData(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
