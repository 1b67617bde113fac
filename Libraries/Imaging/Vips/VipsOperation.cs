using ImageLibrary.Imaging.Buffers;
using ImageLibrary.Imaging.Native;

namespace ImageLibrary.Imaging.Vips;

/// <summary>One call of a libvips operation: properties first, then <see cref="Image"/> or <see cref="Content"/>.</summary>
/// <example><c>using var call = new VipsOperation("flatten"); call.Set("in", image); return call.Image();</c></example>
internal sealed unsafe class VipsOperation : IDisposable
{
    private readonly string _name;
    private nint _operation;

    internal VipsOperation(string name)
    {
        _ = VipsRuntime.EnsureStarted();
        _name = name;
        _operation = VipsNative.OperationNew(name);
        if (_operation == 0)
        {
            throw new VipsException($"{name}: {VipsRuntime.DrainErrors()}");
        }
    }

    /// <summary>Sets a number, a flag or an enumeration.</summary>
    internal VipsOperation Set(string property, int content)
    {
        var value = default(VipsNative.Value);
        _ = VipsNative.ValueInit(ref value, VipsNative.TypeInt);
        VipsNative.ValueSetInt(ref value, content);
        return Apply(property, ref value);
    }

    internal VipsOperation Set(string property, double content)
    {
        var value = default(VipsNative.Value);
        _ = VipsNative.ValueInit(ref value, VipsNative.TypeDouble);
        VipsNative.ValueSetDouble(ref value, content);
        return Apply(property, ref value);
    }

    internal VipsOperation Set(string property, string content)
    {
        var value = default(VipsNative.Value);
        _ = VipsNative.ValueInit(ref value, VipsNative.TypeString);
        VipsNative.ValueSetString(ref value, content);
        return Apply(property, ref value);
    }

    internal VipsOperation Set(string property, VipsImage content)
    {
        var value = default(VipsNative.Value);
        _ = VipsNative.ValueInit(ref value, VipsNative.ImageType());
        VipsNative.ValueSetObject(ref value, content);
        return Apply(property, ref value);
    }

    internal VipsOperation Set(string property, ReadOnlySpan<double> content)
    {
        var value = default(VipsNative.Value);
        _ = VipsNative.ValueInit(ref value, VipsNative.ArrayDoubleType());
        fixed (double* items = content)
        {
            VipsNative.ValueSetArrayDouble(ref value, items, content.Length);
        }

        return Apply(property, ref value);
    }

    /// <summary>Sets a buffer without copying it: it must outlive the resulting image.</summary>
    internal VipsOperation SetBuffer(string property, byte* data, int length)
    {
        var blob = VipsNative.BlobNew(0, data, (nuint)length);
        var value = default(VipsNative.Value);
        _ = VipsNative.ValueInit(ref value, VipsNative.BlobType());
        VipsNative.ValueSetBoxed(ref value, blob);
        VipsNative.AreaUnref(blob);
        return Apply(property, ref value);
    }

    /// <summary>Runs the operation.</summary>
    /// <returns>Its output image.</returns>
    /// <exception cref="VipsException">The operation failed.</exception>
    internal VipsImage Image()
    {
        Build();
        var value = default(VipsNative.Value);
        _ = VipsNative.ValueInit(ref value, VipsNative.ImageType());
        VipsNative.ObjectGetProperty(_operation, "out", ref value);
        var image = VipsNative.ValueGetObject(ref value);
        if (image != 0)
        {
            _ = VipsNative.ObjectRef(image);
        }

        VipsNative.ValueUnset(ref value);
        return new VipsImage(image);
    }

    /// <summary>Runs a save operation.</summary>
    /// <returns>The encoded file.</returns>
    /// <exception cref="VipsException">The operation failed.</exception>
    internal NativeContent Content(NativeBufferPool pool)
    {
        Build();
        var value = default(VipsNative.Value);
        _ = VipsNative.ValueInit(ref value, VipsNative.BlobType());
        VipsNative.ObjectGetProperty(_operation, "buffer", ref value);
        try
        {
            var data = VipsNative.BlobGet(VipsNative.ValueGetBoxed(ref value), out var length);
            return NativeContent.Copy(pool, new ReadOnlySpan<byte>(data, checked((int)length)));
        }
        finally
        {
            VipsNative.ValueUnset(ref value);
        }
    }

    public void Dispose()
    {
        if (_operation != 0)
        {
            VipsNative.ObjectUnrefOutputs(_operation);
            VipsNative.ObjectUnref(_operation);
            _operation = 0;
        }
    }

    private void Build()
    {
        var built = VipsNative.OperationBuild(_operation);
        if (built == 0)
        {
            throw new VipsException($"{_name}: {VipsRuntime.DrainErrors()}");
        }

        // The build gives back the operation, or an equal one from the cache, with a reference of its own.
        VipsNative.ObjectUnref(_operation);
        _operation = built;
    }

    private VipsOperation Apply(string property, ref VipsNative.Value value)
    {
        VipsNative.ObjectSetProperty(_operation, property, ref value);
        VipsNative.ValueUnset(ref value);
        return this;
    }
}
