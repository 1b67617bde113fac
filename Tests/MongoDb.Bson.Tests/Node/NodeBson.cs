using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using Xunit;

namespace ImageLibrary.Tests.MongoDb.Bson.Node;

/// <summary>The official BSON package of Node.js, in a process that answers requests.</summary>
internal sealed class NodeBson : IDisposable
{
    private readonly Process _process;
    private readonly Stream _input;
    private readonly Stream _output;

    private NodeBson(Process process)
    {
        _process = process;
        _input = process.StandardInput.BaseStream;
        _output = process.StandardOutput.BaseStream;
    }

    public static NodeBson StartOrSkip()
    {
        if (!Directory.Exists(Path.Combine(Support.NodeFolder, "node_modules", "bson")))
        {
            Assert.Skip("The BSON package of Node.js is missing: run `npm ci` in Tests/MongoDb.Bson.Tests/Node.");
        }
        try
        {
            return new NodeBson(Process.Start(new ProcessStartInfo("node", [Path.Combine(Support.NodeFolder, "compare.mjs")])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            })!);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("Node.js is missing: put `node` on the PATH.");
            throw;
        }
    }

    /// <summary>The document's bytes again, its canonical and its relaxed text.</summary>
    public (byte[] Bytes, string Canonical, string Relaxed) Convert(byte[] document) => Ask(1, document);

    public byte[] FromCanonical(string json)
    {
        Send(2, Encoding.UTF8.GetBytes(json));
        return Receive();
    }

    public byte[] FromRelaxed(string json)
    {
        Send(3, Encoding.UTF8.GetBytes(json));
        return Receive();
    }

    /// <summary>A document of Node's making.</summary>
    public (byte[] Bytes, string Canonical, string Relaxed) Generate(int seed) => Ask(4, BitConverter.GetBytes(seed));

    public void Dispose()
    {
        _input.Dispose();
        if (!_process.WaitForExit(5_000))
        {
            _process.Kill();
        }
        _process.Dispose();
    }

    private (byte[] Bytes, string Canonical, string Relaxed) Ask(byte kind, byte[] payload)
    {
        Send(kind, payload);
        return (Receive(), Encoding.UTF8.GetString(Receive()), Encoding.UTF8.GetString(Receive()));
    }

    private void Send(byte kind, byte[] payload)
    {
        var frame = new byte[5 + payload.Length];
        frame[0] = kind;
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(1), payload.Length);
        payload.CopyTo(frame, 5);
        _input.Write(frame);
        _input.Flush();
    }

    private byte[] Receive()
    {
        var length = new byte[4];
        _output.ReadExactly(length);
        var bytes = new byte[BinaryPrimitives.ReadInt32LittleEndian(length)];
        _output.ReadExactly(bytes);
        return bytes;
    }
}
